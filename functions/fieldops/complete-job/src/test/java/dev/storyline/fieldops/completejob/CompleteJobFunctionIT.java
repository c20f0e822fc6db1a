package dev.storyline.fieldops.completejob;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class CompleteJobFunctionIT extends CompleteJobFunctionTest {}
