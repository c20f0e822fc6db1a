package dev.storyline.local.identity;

import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Need;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/** The DynamoDB client of one function. It refuses calls that the policy does not allow, with the error of AWS. */
final class PermittedDynamoDb implements InvocationHandler {
    private static final int BAD_REQUEST = 400;

    private final DynamoDbClient dynamo;
    private final Deployment.FunctionSpec function;

    private PermittedDynamoDb(DynamoDbClient dynamo, Deployment.FunctionSpec function) {
        this.dynamo = dynamo;
        this.function = function;
    }

    /** The client, restricted by the policy of a function. */
    static DynamoDbClient of(DynamoDbClient dynamo, Deployment.FunctionSpec function) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                new PermittedDynamoDb(dynamo, function));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        boolean composed =
                method.getName().endsWith("Paginator") || method.getName().equals("waiter");
        if (!composed && arguments != null && arguments.length == 1) {
            if (arguments[0] instanceof DynamoDbRequest request) {
                Need missing = function.policy().missing(DynamoDbPermissions.of(request));
                if (missing != null) {
                    throw denied(missing);
                }
            } else {
                // A builder or a lambda; the default method calls this proxy again with the request.
                composed = method.isDefault();
            }
        }
        if (composed) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        try {
            return method.invoke(dynamo, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private DynamoDbException denied(Need missing) {
        return (DynamoDbException) DynamoDbException.builder()
                .statusCode(BAD_REQUEST)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("DynamoDb")
                        .errorCode("AccessDeniedException")
                        .errorMessage(missing.refusal(function))
                        .build())
                .build();
    }
}
