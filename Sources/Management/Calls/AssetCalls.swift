import Archive
import JSON
import ManagementAPI
import NIOPosix
import Projects
import Vocabulary

/// `assets.*`
struct AssetCalls: CallService {
    let deployments: any DeploymentStore
    let settings: ManagementSettings

    var handlers: [String: CallHandler] {
        [
            "assets.uploadOpenAPI": upload, "assets.importOpenAPI": fetch, "assets.uploadImage": uploadImage,
            "assets.get": get, "assets.list": list,
        ]
    }

    private func upload(_ request: CallRequest) async throws -> CallAnswer {
        guard !request.document.isEmpty else {
            throw Problem(.invalid, "The body is empty: send the OpenAPI document as it stands.")
        }
        let document = FetchedDocument(content: request.document, contentType: request.contentType)
        return try await save(document, named: request.input.text("name") ?? "openapi", request)
    }

    private func fetch(_ request: CallRequest) async throws -> CallAnswer {
        let url = request.input.text("url") ?? ""
        let document = try await settings.fetch(url)
        guard !document.content.isEmpty else {
            throw Problem(.upstreamFailed, "The address answered without a document; nothing was kept.")
        }
        return try await save(document, named: request.input.text("name") ?? Self.name(of: url), request)
    }

    private func uploadImage(_ request: CallRequest) async throws -> CallAnswer {
        guard let type = ImageType(of: request.document) else {
            throw Problem(
                .unsupportedMediaType,
                "The bytes are no image that clients show: send PNG, JPEG, GIF, WebP, or SVG without a document type. Nothing was kept."
            )
        }
        let asset = try await deployments.saveAsset(
            name: request.input.text("name") ?? "image",
            kind: Asset.imageKind,
            contentType: type.mimeType,
            content: request.document,
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer(["asset": .object(asset.json)])
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        let id: ID<Asset> = try request.input.id("id")
        guard let asset = try await deployments.asset(id, in: try request.projectID) else {
            throw Problem.notFound("asset", id, list: "assets.list")
        }
        return CallAnswer(["asset": .object(asset.json)])
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        CallAnswer("assets", try await deployments.assets(in: try request.projectID, request.page), \.json)
    }

    /// Keeps a document; an archive only where it can be unpacked, so that who sends it learns at once what is wrong.
    private func save(
        _ document: FetchedDocument,
        named name: String,
        _ request: CallRequest
    ) async throws -> CallAnswer {
        let isArchive = ZipArchive.isArchive(document.content)
        if isArchive {
            let limits = ArchiveLimits(fileBytes: settings.largestDocument)
            // Unpacking takes a processor for a while.
            try await NIOThreadPool.singleton.runIfActive {
                do throws(ArchiveError) {
                    _ = try ZipArchive(unpacking: document.content, limits: limits)
                } catch {
                    throw Problem(error)
                }
            }
        }
        let asset = try await deployments.saveAsset(
            name: name,
            kind: "openapi",
            contentType: isArchive
                ? "application/zip"
                : document.contentType.isEmpty ? "application/octet-stream" : document.contentType,
            content: document.content,
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer(["asset": .object(asset.json)])
    }

    /// `petstore.yaml` of `https://example.com/petstore.yaml?v=2`; the host where the path is empty.
    private static func name(of url: String) -> String {
        let path = url.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").dropFirst()
        return String((path.last ?? "openapi").prefix(200))
    }
}

extension Problem {
    /// Why an archive was not taken.
    fileprivate init(_ error: ArchiveError) {
        let isSize = [.tooLarge, .tooManyEntries, .tooDense].contains(error.code)
        self.init(
            isSize ? .tooLarge : .invalid,
            "\(error.message) Nothing was kept.",
            details: [Detail("archive_code", error.code.rawValue)] + (error.file.map { [Detail("file", $0)] } ?? []),
            cause: nil
        )
    }
}

extension Asset {
    var json: JSONObject {
        [
            "id": .string(id.text), "name": .string(name), "kind": .string(kind), "sha256": .string(digest.hex),
            "content_type": .string(contentType), "content_length": JSONValue(contentLength),
            "created_at": .string(createdAt.description),
        ]
    }
}
