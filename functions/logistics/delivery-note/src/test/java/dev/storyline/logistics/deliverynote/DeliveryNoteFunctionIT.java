package dev.storyline.logistics.deliverynote;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against what is deployed: the zip's jar, or the native executable. */
@QuarkusIntegrationTest
class DeliveryNoteFunctionIT extends DeliveryNoteFunctionTest {}
