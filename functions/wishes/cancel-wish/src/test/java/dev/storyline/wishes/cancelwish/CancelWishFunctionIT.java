package dev.storyline.wishes.cancelwish;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class CancelWishFunctionIT extends CancelWishFunctionTest {}
