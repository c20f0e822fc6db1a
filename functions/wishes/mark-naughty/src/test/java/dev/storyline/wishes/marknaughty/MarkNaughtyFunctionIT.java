package dev.storyline.wishes.marknaughty;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class MarkNaughtyFunctionIT extends MarkNaughtyFunctionTest {}
