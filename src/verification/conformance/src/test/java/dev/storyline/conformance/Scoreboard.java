package dev.storyline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/**
 * Counts the results of a published suite. Tests that do not apply are listed by name with the reason. They run too,
 * and are aborted only if they meet the listed refusal. The suite fails if a listed test succeeds or ends in another
 * way, if an unlisted test is aborted, or if a listed name does not exist in the suite.
 */
final class Scoreboard implements BeforeAllCallback, InvocationInterceptor, TestWatcher, AfterAllCallback {
    private final String title;
    private final Class<?> suite;
    private final Class<? extends RuntimeException> refusal;
    private final Map<String, String> notApplicable;
    private final Map<String, String> aborted = new TreeMap<>();
    private final Map<String, String> disabled = new TreeMap<>();
    private int passed;
    private int failed;

    /**
     * Creates a scoreboard without results.
     *
     * @param title the name of the suite; its version is the version of its jar
     * @param suite the class that declares the tests
     * @param refusal the exception that a listed test must meet
     * @param notApplicable reasons by the names of the tests
     */
    Scoreboard(
            String title,
            Class<?> suite,
            Class<? extends RuntimeException> refusal,
            Map<String, String> notApplicable) {
        this.title = title;
        this.suite = suite;
        this.refusal = refusal;
        this.notApplicable = notApplicable;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(Arrays.stream(suite.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(Method::getName))
                .as("tests of the suite")
                .containsAll(notApplicable.keySet());
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        String reason = notApplicable.get(called.getExecutable().getName());
        try {
            invocation.proceed();
        } catch (RuntimeException e) {
            if (reason != null && refusal.isInstance(e)) {
                throw new TestAbortedException(reason, e);
            }
            throw e instanceof TestAbortedException ? new AssertionError("It gave up, and is not listed", e) : e;
        }
        assertThat(reason).as("why this is not applicable, although it holds").isNull();
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        passed++;
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        failed++;
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        aborted.put(name(context), cause == null ? "" : String.valueOf(cause.getMessage()));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        disabled.put(name(context), reason.orElse(""));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.out.printf(
                "conformance %s %s: %d passed, %d not applicable, %d disabled by the suite, %d failed%n",
                title, suite.getPackage().getImplementationVersion(), passed, aborted.size(), disabled.size(), failed);
        aborted.forEach((name, reason) -> System.out.printf("  not applicable: %s: %s%n", name, reason));
        disabled.forEach((name, reason) -> System.out.printf("  disabled by the suite: %s: %s%n", name, reason));
    }

    private static String name(ExtensionContext context) {
        return context.getRequiredTestMethod().getName();
    }
}
