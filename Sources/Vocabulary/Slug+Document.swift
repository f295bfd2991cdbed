extension Slug {
    /// What a source is called whose document has that file name, wherever it comes in: `petstore` of `petstore.yaml`, of
    /// `apis/petstore.yaml.zip` and of `https://example.com/petstore.yaml`. Nothing where no character is left.
    ///
    /// The file and not the title of the document: it stays the same when the document is edited, so that pushing it again
    /// finds its source.
    package init?(ofDocumentNamed path: String) {
        let name = path.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var stem = Self.withoutExtension(name)
        let isPacked = name.lowercased().hasSuffix(".zip")
        if isPacked, [".yaml", ".yml", ".json"].contains(where: stem.lowercased().hasSuffix) {
            stem = Self.withoutExtension(stem)
        }
        self.init(nearest: String(stem))
    }

    /// `petstore` of `petstore.yaml`, but `.hidden` of `.hidden`.
    private static func withoutExtension(_ name: Substring) -> Substring {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return name[..<dot]
    }
}
