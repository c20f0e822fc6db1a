package dev.storyline.logistics.deliverynote;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class DeliveryNoteFunctionIT extends DeliveryNoteFunctionTest {}
