import Foundation
import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import Vocabulary

/// Turns everything that is thrown into an answer of RFC 9457, once for all surfaces that speak JSON.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            if let cause = problem.cause {
                Logger.current.error("\(problem)", metadata: ["cause": "\(String(reflecting: cause))"])
            }
            return Self.response(problem, to: request)
        } catch let error as any HTTPResponseError {
            return Self.response(Problem(error, path: request.uri.path), to: request)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            Logger.current.error("A request failed inside", metadata: ["error": "\(String(reflecting: error))"])
            return Self.response(
                Problem(.unexpected, "Something went wrong inside; the server's log has the details."),
                to: request
            )
        }
    }

    private static func response(_ problem: Problem, to request: Request) -> Response {
        let status = problem.code.httpStatus
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        // RFC 6750, section 3: how to come in, and why not.
        switch problem.code {
        case .unauthorized where request.headers[.authorization] == nil:
            headers[.wwwAuthenticate] = "Bearer realm=\"slipway\""
        case .unauthorized: headers[.wwwAuthenticate] = "Bearer realm=\"slipway\", error=\"invalid_token\""
        case .insufficientScope: headers[.wwwAuthenticate] = "Bearer realm=\"slipway\", error=\"insufficient_scope\""
        case .methodNotAllowed:
            if case .text(let method) = problem.details.first(where: { $0.name == "allow" })?.value {
                headers[.allow] = method
            }
        case .databaseBusy, .unavailable: headers[.retryAfter] = "1"
        // The rest of a large body is not read.
        case .tooLarge: headers[.connection] = "close"
        default: break
        }
        return Response(
            status: HTTPResponse.Status(code: status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONValue.object(problem.json(status: status)).bytes))
        )
    }
}

extension Problem {
    /// What the framework refuses: mostly an address that is not there.
    fileprivate init(_ error: any HTTPResponseError, path: String) {
        switch error.status.code {
        case 404: self.init(.notFound, "There is nothing at \(path); /openapi.json lists the management API.")
        case 405: self.init(.methodNotAllowed, "\(path) is not called by this method.")
        case 413: self.init(.tooLarge, "The body is too large.")
        case 400..<500: self.init(.malformed, "The request cannot be read.")
        default: self.init(.unexpected, "Something went wrong inside; the server's log has the details.", cause: error)
        }
    }

    fileprivate func json(status: Int) -> JSONObject {
        var json: JSONObject = [
            "type": .string("about:blank#\(code.rawValue)"), "title": .string(code.title), "status": JSONValue(status),
            "detail": .string(message), "code": .string(code.rawValue),
            "errors": .array(errors.map { ["pointer": .string($0.pointer), "message": .string($0.message)] }),
        ]
        for detail in details {
            json[detail.name] =
                switch detail.value {
                case .texts(let texts): JSONValue(texts)
                case .text(let text): .string(text)
                case .flag(let flag): .bool(flag)
                case .json(let text): (try? JSONValue(parsing: text)) ?? .string(text)
                }
        }
        return json
    }
}
