package io.simpleim.contract;

import io.simpleim.testing.Deployment;
import io.simpleim.testing.DeploymentExtension;
import io.simpleim.testing.EmbeddedDeployment;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedTomcat11IT implements WholeApi {
    @RegisterExtension
    static final DeploymentExtension SERVER = new DeploymentExtension(EmbeddedDeployment::start);

    @Override
    public Deployment deployment() {
        return SERVER.deployment();
    }
}
