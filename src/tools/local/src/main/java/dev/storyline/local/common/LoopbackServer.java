package dev.storyline.local.common;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** HTTP servers on loopback; what the JDK sets for all of them at once is set here, before the first. */
public final class LoopbackServer {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        System.setProperty("sun.net.httpserver.maxReqTime", "60");
        // An idle function's process waits for the answer with its next event: longer than ProcessHost lets it be idle.
        System.setProperty("sun.net.httpserver.maxRspTime", "180");
    }

    private LoopbackServer() {}

    /** A server that is bound and not started. */
    public static HttpServer at(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
    }
}
