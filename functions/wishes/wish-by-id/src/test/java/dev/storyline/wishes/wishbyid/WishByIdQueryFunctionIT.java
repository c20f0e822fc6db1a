package dev.storyline.wishes.wishbyid;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class WishByIdQueryFunctionIT extends WishByIdQueryFunctionTest {}
