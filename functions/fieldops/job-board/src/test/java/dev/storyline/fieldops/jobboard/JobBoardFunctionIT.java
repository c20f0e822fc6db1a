package dev.storyline.fieldops.jobboard;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class JobBoardFunctionIT extends JobBoardFunctionTest {}
