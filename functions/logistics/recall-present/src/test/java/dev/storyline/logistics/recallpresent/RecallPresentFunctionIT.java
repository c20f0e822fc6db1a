package dev.storyline.logistics.recallpresent;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against what is deployed: the zip's jar, or the native executable. */
@QuarkusIntegrationTest
class RecallPresentFunctionIT extends RecallPresentFunctionTest {}
