package dev.storyline.logistics.publishdeliveries;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against what is deployed: the zip's jar, or the native executable. */
@QuarkusIntegrationTest
class PublishDeliveriesFunctionIT extends PublishDeliveriesFunctionTest {}
