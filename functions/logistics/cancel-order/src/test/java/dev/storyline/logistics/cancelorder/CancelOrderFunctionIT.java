package dev.storyline.logistics.cancelorder;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class CancelOrderFunctionIT extends CancelOrderFunctionTest {}
