import CZlib

/// Compression for what many browsers fetch and nobody changes.
enum Gzip {
    /// The bytes as one gzip member (RFC 1952), as small as zlib makes them; none where zlib fails.
    static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        // 15 bits of window; 16 more ask for the form of gzip.
        let format: Int32 = 15 + 16
        let size = Int32(MemoryLayout<z_stream>.size)
        guard
            deflateInit2_(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, format, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
                == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        let longest = Int(deflateBound(&stream, UInt(input.count)))
        return input.withUnsafeMutableBufferPointer { source -> [UInt8]? in
            var isWhole = false
            let output = [UInt8](unsafeUninitializedCapacity: longest) { target, count in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(longest)
                isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = longest - Int(stream.avail_out)
            }
            return isWhole ? output : nil
        }
    }
}
