package io.simpleim.examples;

import java.io.IOException;

class JavaBackendIT extends PartnerBackendContract {
    @Override
    PartnerShop open() throws IOException {
        return PartnerShop.inJava();
    }
}
