package dev.storyline.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.storyline.common.Deadline;
import io.quarkus.funqy.lambda.FunqyStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The class that Lambda's managed Java runtime calls, the {@code Handler} of every template: Quarkus's handler with an
 * {@link SdkPreload}, under the deadline that Lambda gives. A native executable has its own main class and does not use
 * this one.
 */
public final class LambdaEntryPoint implements RequestStreamHandler {
    static {
        // Quarkus sets the same a moment later, but the SDK may ask for its first logger before.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        SdkPreload.begin(System.getenv());
    }

    private final FunqyStreamHandler quarkus = new FunqyStreamHandler();

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        Deadline.of(() -> Duration.ofMillis(context.getRemainingTimeInMillis())).during(() -> {
            quarkus.handleRequest(event, answer, context);
            return answer;
        });
    }
}
