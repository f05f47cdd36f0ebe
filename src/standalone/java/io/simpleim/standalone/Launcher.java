package io.simpleim.standalone;

/** Starts the server with an embedded Tomcat. */
public final class Launcher {
    private Launcher() {}

    public static void main(String[] args) {
        System.out.println("SimpleIM");
    }
}
