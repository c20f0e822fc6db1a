package dev.storyline.local.common;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Creates HTTP servers on loopback. Some settings of the JDK's server are global; they are set before the first one. */
public final class LoopbackServer {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        System.setProperty("sun.net.httpserver.maxReqTime", "60");
        // The seconds that an answer may take. The process of an idle function waits for its next event no longer than
        // ProcessHost keeps it; an operator waits for one maintenance function, and maybe for the one before it.
        System.setProperty("sun.net.httpserver.maxRspTime", "2000");
    }

    private LoopbackServer() {}

    /** A server that is bound to a port and not started. */
    public static HttpServer at(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
    }
}
