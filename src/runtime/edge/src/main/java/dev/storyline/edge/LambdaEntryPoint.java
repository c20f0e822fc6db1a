package dev.storyline.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quarkus.funqy.lambda.FunqyStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What Lambda's managed runtime for Java calls: the {@code Handler} of every template. It is Quarkus's own handler, with a
 * {@link SdkPreload} beside it. A native executable has a main of its own and never comes here.
 */
public final class LambdaEntryPoint implements RequestStreamHandler {
    static {
        // As Quarkus sets it a moment later: the SDK may ask for its first logger before that.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        SdkPreload.begin(System.getenv());
    }

    private final FunqyStreamHandler quarkus = new FunqyStreamHandler();

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        quarkus.handleRequest(event, answer, context);
    }
}
