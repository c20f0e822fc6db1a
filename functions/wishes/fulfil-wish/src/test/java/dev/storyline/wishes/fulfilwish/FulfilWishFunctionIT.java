package dev.storyline.wishes.fulfilwish;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class FulfilWishFunctionIT extends FulfilWishFunctionTest {}
