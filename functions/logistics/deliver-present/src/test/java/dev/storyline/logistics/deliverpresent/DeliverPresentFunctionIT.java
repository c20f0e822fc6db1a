package dev.storyline.logistics.deliverpresent;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class DeliverPresentFunctionIT extends DeliverPresentFunctionTest {}
