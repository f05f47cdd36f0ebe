package io.simpleim.testing;

import java.nio.file.Path;

/** The distributions on which the WAR has to run; the build unpacks them. */
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
