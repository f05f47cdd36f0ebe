package io.simpleim.examples;

import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.simpleim.examples.Example#isNodeExpected")
class NodeBackendIT extends PartnerBackendContract {
    @Override
    PartnerShop open() throws IOException {
        return PartnerShop.inNode();
    }
}
