package dev.storyline.wishes.makewish;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class MakeWishInnerFunctionIT extends MakeWishInnerFunctionTest {}
