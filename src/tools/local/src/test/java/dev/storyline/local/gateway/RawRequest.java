package dev.storyline.local.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends bytes to the gateway as they are, which no HTTP client does. */
final class RawRequest {
    private static final int LONGEST_WAIT = 20_000;

    private RawRequest() {}

    /** A connection to a port on loopback. */
    static Socket open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LONGEST_WAIT);
        return socket;
    }

    /** Sends text, half-closes the connection, and returns everything that comes back until the server closes it. */
    static String answer(int port, String request) throws IOException {
        try (Socket socket = open(port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return rest(socket);
        }
    }

    /** Everything that comes until the server closes the connection. */
    static String rest(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
