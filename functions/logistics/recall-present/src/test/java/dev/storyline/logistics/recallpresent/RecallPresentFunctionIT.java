package dev.storyline.logistics.recallpresent;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class RecallPresentFunctionIT extends RecallPresentFunctionTest {}
