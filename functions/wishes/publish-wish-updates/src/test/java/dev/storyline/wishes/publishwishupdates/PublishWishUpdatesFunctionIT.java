package dev.storyline.wishes.publishwishupdates;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against what is deployed: the zip's jar, or the native executable. */
@QuarkusIntegrationTest
class PublishWishUpdatesFunctionIT extends PublishWishUpdatesFunctionTest {}
