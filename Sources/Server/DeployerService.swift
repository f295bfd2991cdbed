import Management
import ServiceLifecycle

/// Runs the deployer; at shutdown it ends after the deployments that wait.
struct DeployerService: Service {
    let deployer: Deployer

    func run() async throws {
        await withGracefulShutdownHandler {
            await deployer.run()
        } onGracefulShutdown: {
            deployer.stop()
        }
    }
}
