package dev.storyline.logistics.publishdeliveries;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class PublishDeliveriesFunctionIT extends PublishDeliveriesFunctionTest {}
