package io.simpleim.testing;

import java.nio.file.Path;

/** The Tomcat distributions to test with; the build unpacks them. */
public enum TomcatVersion {
    TOMCAT_10("im.test.tomcat10"),
    TOMCAT_11("im.test.tomcat11");

    private final String property;

    TomcatVersion(String property) {
        this.property = property;
    }

    Path home() {
        return Path.of(CatalinaBase.property(property));
    }
}
