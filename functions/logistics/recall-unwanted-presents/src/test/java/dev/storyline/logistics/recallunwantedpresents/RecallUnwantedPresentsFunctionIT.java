package dev.storyline.logistics.recallunwantedpresents;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class RecallUnwantedPresentsFunctionIT extends RecallUnwantedPresentsFunctionTest {}
