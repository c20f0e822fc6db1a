package dev.storyline.wishes.naughtylist;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class NaughtyListQueryFunctionIT extends NaughtyListQueryFunctionTest {}
