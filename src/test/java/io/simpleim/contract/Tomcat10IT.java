package io.simpleim.contract;

import io.simpleim.testing.Deployment;
import io.simpleim.testing.DeploymentExtension;
import io.simpleim.testing.TomcatDistribution;
import io.simpleim.testing.TomcatVersion;
import org.junit.jupiter.api.extension.RegisterExtension;

class Tomcat10IT implements WholeApi {
    @RegisterExtension
    static final DeploymentExtension SERVER =
            new DeploymentExtension(() -> TomcatDistribution.tuned(TomcatVersion.TOMCAT_10));

    @Override
    public Deployment deployment() {
        return SERVER.deployment();
    }
}
