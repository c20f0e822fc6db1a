package dev.storyline.wishes.streamstory;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class StreamStoryFunctionIT extends StreamStoryFunctionTest {}
