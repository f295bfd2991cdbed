import Archive
import JSON
import Logging
import NIOPosix
import OpenAPI
package import Projects
import Tools
package import Vocabulary

/// Compiles the documents of deployments, one after the other in the order in which they were asked for.
///
/// Compiling takes a processor for up to seconds, so it runs on a thread of its own, not on those that answer requests.
package final class Deployer: Sendable {
    /// A deployment that waits for its turn.
    private struct Job: Sendable {
        let id: ID<Deployment>
        let project: ID<Project>
        let done: (@Sendable (Result<Deployment, any Error>) -> Void)?
    }

    /// Many times what the largest document takes.
    private static let longestCompilation: Duration = .seconds(60)

    private let store: any DeploymentStore
    private let limits: DocumentLimits
    private let jobs: AsyncStream<Job>
    private let queue: AsyncStream<Job>.Continuation

    /// - Parameters:
    ///   - store: Where deployments are kept.
    ///   - largestDocument: In bytes.
    package init(store: any DeploymentStore, largestDocument: Int) {
        self.store = store
        limits = DocumentLimits(bytes: largestDocument)
        (jobs, queue) = AsyncStream.makeStream()
    }

    /// Takes deployments until the task is cancelled.
    package func run() async {
        for await job in jobs {
            do {
                let deployment = try await deploy(job.id, in: job.project)
                job.done?(.success(deployment))
            } catch {
                Logger.current.error("A deployment failed inside", metadata: ["error": "\(String(reflecting: error))"])
                let reason = (error as? Problem)?.message ?? "The server failed inside; its log has the details."
                // Where this fails too, the next start ends the deployment.
                _ = try? await store.fail(
                    job.id,
                    in: job.project,
                    logs: [DeploymentLog(level: .error, message: reason)]
                )
                job.done?(.failure(error))
            }
        }
    }

    /// Compiles a pending deployment when its turn comes, and answers at once.
    ///
    /// - Throws: ``Problem`` `unavailable` where the server is stopping.
    package func enqueue(_ id: ID<Deployment>, in project: ID<Project>) throws {
        if case .terminated = queue.yield(Job(id: id, project: project, done: nil)) { throw Self.stopping }
    }

    /// Compiles a pending deployment when its turn comes, and answers what became of it.
    package func finish(_ id: ID<Deployment>, in project: ID<Project>) async throws -> Deployment {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(id: id, project: project) { continuation.resume(with: $0) }
            if case .terminated = queue.yield(job) {
                continuation.resume(throwing: Self.stopping)
            }
        }
    }

    private static let stopping = Problem(.unavailable, "The server is stopping; deploy again when it runs.")

    /// Ends ``run()`` after the deployments that wait.
    package func stop() {
        queue.finish()
    }

    private func deploy(_ id: ID<Deployment>, in project: ID<Project>) async throws -> Deployment {
        try await store.settleSources(of: id, in: project)
        var compilations: [Compilation] = []
        for document in try await store.documentsToCompile(id, in: project) {
            let limits = limits
            let result = try await NIOThreadPool.singleton.runIfActive { Self.compile(document, limits: limits) }
            switch result {
            case .success(let compilation): compilations.append(compilation)
            case .failure(let error):
                let log =
                    if let error = error as? DocumentError {
                        DeploymentLog(error, in: document.source.slug)
                    } else if let error = error as? ArchiveError {
                        DeploymentLog(error, in: document.source.slug)
                    } else {
                        throw error
                    }
                return try await store.fail(id, in: project, logs: [log])
            }
        }
        let logs = compilations.map { compilation in
            DeploymentLog(level: .info, message: "\(compilation.slug): \(compilation.tools.count) tools")
        }
        return try await store.complete(id, in: project, with: compilations, logs: logs)
    }

    private static func compile(
        _ document: SourceDocument,
        limits: DocumentLimits
    ) -> Result<Compilation, any Error> {
        do {
            let start = ContinuousClock.now
            let timeLimit = TimeLimit { start.duration(to: .now) > longestCompilation }
            let read = try Self.read(document.content, limits: limits, timeLimit: timeLimit)
            let source = document.source.slug
            let compiled = ToolCompiler().compile(read, source: source, previousNames: document.previousNames)
            // Tools that a slow machine had no time for must not go away.
            try timeLimit.check()
            let operations = Dictionary(compiled.names.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            return .success(
                Compilation(
                    slug: source,
                    assetID: document.source.assetID,
                    tools: compiled.tools.map {
                        Compilation.CompiledOperation(operation: operations[$0.name] ?? $0.name, definition: $0)
                    },
                    names: compiled.names,
                    diagnostics: compiled.diagnostics
                )
            )
        } catch {
            return .failure(error)
        }
    }
}

extension Deployer {
    /// A document that is one file, or an archive of several.
    static func read(
        _ content: [UInt8],
        limits: DocumentLimits,
        timeLimit: TimeLimit
    ) throws -> Document {
        guard ZipArchive.isArchive(content) else {
            return try Document(reading: content, limits: limits, timeLimit: timeLimit)
        }
        let archive = try ZipArchive(
            unpacking: content,
            limits: ArchiveLimits(entries: limits.files, fileBytes: limits.bytes, totalBytes: limits.totalBytes)
        )
        return try Document(reading: archive.files, main: archive.main, limits: limits, timeLimit: timeLimit)
    }
}

extension DeploymentLog {
    /// Why a source's archive stopped the deployment.
    fileprivate init(_ error: ArchiveError, in source: Slug) {
        let diagnostic = Diagnostic(
            .error,
            code: error.code.rawValue,
            message: error.message,
            source: source,
            file: error.file,
            pointer: ""
        )
        self.init(level: .error, message: "\(source): \(error.message)", diagnostic: diagnostic)
    }

    /// Why a source's document stopped the deployment.
    fileprivate init(_ error: DocumentError, in source: Slug) {
        let diagnostic = Diagnostic(
            .error,
            code: error.code.rawValue,
            message: error.message,
            source: source,
            file: error.file,
            pointer: "",
            line: error.line,
            column: error.column
        )
        self.init(level: .error, message: "\(source): \(error)", diagnostic: diagnostic)
    }
}
