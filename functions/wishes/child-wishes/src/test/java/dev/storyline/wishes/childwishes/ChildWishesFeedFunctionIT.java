package dev.storyline.wishes.childwishes;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class ChildWishesFeedFunctionIT extends ChildWishesFeedFunctionTest {}
