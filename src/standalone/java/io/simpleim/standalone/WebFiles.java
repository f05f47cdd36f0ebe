package io.simpleim.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.WebResourceSet;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.JarResourceSet;
import org.apache.catalina.webresources.StandardRoot;

/** The static files of the web application, from the jar or from a folder of the class path. */
final class WebFiles {
    private static final String FOLDER = "/webapp";

    private WebFiles() {}

    /** Makes the context's default servlet serve the files. */
    static void serveFrom(StandardContext context) {
        URL marker = WebFiles.class.getResource(FOLDER + "/index.html");
        if (marker == null) {
            return;
        }
        WebResourceRoot root = new StandardRoot(context);
        root.addPreResources(resources(root, marker));
        context.setResources(root);
        context.addWelcomeFile("index.html");
        Tomcat.addDefaultMimeTypeMappings(context);
        // As in web.xml.
        context.addMimeMapping("ts", "text/plain;charset=UTF-8");
        context.addMimeMapping("md", "text/plain;charset=UTF-8");
        context.addMimeMapping("yaml", "application/yaml");
    }

    private static WebResourceSet resources(WebResourceRoot root, URL marker) {
        try {
            URLConnection connection = marker.openConnection();
            if (connection instanceof JarURLConnection jar) {
                String file = Path.of(jar.getJarFileURL().toURI()).toString();
                return new JarResourceSet(root, "/", file, FOLDER);
            }
            Path folder = Objects.requireNonNull(Path.of(marker.toURI()).getParent());
            return new DirResourceSet(root, "/", folder.toString(), "/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
