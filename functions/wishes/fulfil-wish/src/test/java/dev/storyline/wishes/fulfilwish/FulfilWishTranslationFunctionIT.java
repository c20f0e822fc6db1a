package dev.storyline.wishes.fulfilwish;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class FulfilWishTranslationFunctionIT extends FulfilWishTranslationFunctionTest {}
