package dev.storyline.embedded;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A request and its response as the handler of DynamoDB Local reads and writes them, without a connection. */
final class DirectCall {
    private static final int OK = 200;

    private final HttpFields asked;
    private final byte[] body;
    private final HttpFields.Mutable told = HttpFields.build();
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private int status = OK;

    DirectCall(Map<String, String> headers, byte[] body) {
        HttpFields.Mutable fields = HttpFields.build();
        headers.forEach(fields::put);
        this.asked = fields;
        this.body = body;
    }

    /** The request: its method, its headers, and its body as one chunk. */
    Request request() {
        return only(Request.class, (name, arguments) -> switch (name) {
            case "getMethod" -> "POST";
            case "getHeaders" -> asked;
            case "read" -> Content.Chunk.from(ByteBuffer.wrap(body), true);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    /** The response: its status, its headers and its body. */
    Response response() {
        return only(Response.class, (name, arguments) -> switch (name) {
            case "getHeaders" -> told;
            case "setStatus" -> {
                status = (int) arguments[0];
                yield null;
            }
            case "write" -> {
                ByteBuffer more = (ByteBuffer) arguments[1];
                answer.write(more.array(), more.arrayOffset() + more.position(), more.remaining());
                ((Callback) arguments[2]).succeeded();
                yield null;
            }
            default -> throw new UnsupportedOperationException(name);
        });
    }

    /** The status, the headers and the body of the answer. */
    Object[] answer() {
        Map<String, String> headers = new TreeMap<>();
        for (HttpField field : told) {
            headers.put(field.getName(), Objects.requireNonNullElse(field.getValue(), ""));
        }
        return new Object[] {status, headers, answer.toByteArray()};
    }

    private interface Call {
        @Nullable
        Object of(String name, Object[] arguments);
    }

    /** Implements those methods of a large interface that DynamoDB Local calls. A call of any other method fails. */
    private static <T> T only(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        call.of(method.getName(), arguments == null ? new Object[0] : arguments)));
    }
}
