package dev.storyline.logistics.orderpresent;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class OrderPresentFunctionIT extends OrderPresentFunctionTest {}
