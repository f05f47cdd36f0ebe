package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The static files beside the API. */
interface PagesContract extends ApiSuite {
    String SDK = "sdk/simpleim.d.ts";

    @Test
    default void filesAreRevalidatedAndSentOnlyIfChanged() {
        Answer first = client().send(client().request(SDK));
        String tag = first.header("ETag");
        Answer second = client().send(client().request(SDK).header("If-None-Match", tag));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        // The tag depends on the content, not on the date, which is the same in all builds.
        assertThat(tag).startsWith("\"");
        assertThat(second.status()).isEqualTo(304);
    }

    @Test
    default void anyOriginMayLoadTheSdkAndNothingElse() {
        assertThat(client().send(client().request(SDK)).header("Access-Control-Allow-Origin"))
                .isEqualTo("*");
        assertThat(client().send(client().request("health/live")).header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    default void sdkHasItsOwnPage() {
        Answer page = client().send(client().request("sdk/"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("states.svg");
        assertThat(client().send(client().request("sdk/states.svg")).header("Content-Type"))
                .startsWith("image/svg+xml");
    }

    @Test
    default void textFilesAreServedAsUtf8Text() {
        Answer readme = client().send(client().request("sdk/README.md"));

        assertThat(readme.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=UTF-8");
        assertThat(readme.body()).contains("中文");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "BREW"})
    default void filesAreReadOnly(String method) {
        Answer answer = client().send(client().request(SDK).method(method, BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.error()).isEqualTo("method_not_allowed");
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "index.html",
                "demo/",
                "demo/index.html",
                "sdk/none.js",
                "webapp/index.html",
                "index.html;x=1",
                "%69ndex.html",
                "demo/..;/",
                "sdk/..;/index.html",
                "sdk/%2e%2e/index.html",
                "sdk/..;/%64emo;x/index.html"
            })
    default void chatPageIsOffByDefault(String path) {
        Answer answer = client().send(client().request(path));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).isEqualTo("not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "docs/, text/html",
        "docs/rest.html, text/html",
        "docs/guide.html, text/html",
        "docs/site/markdown/api.md, text/plain;charset=UTF-8",
        "docs/site/README.zh-CN.md, text/plain;charset=UTF-8",
        "docs/openapi.yaml, application/yaml",
        "docs/asyncapi.yaml, application/yaml",
        "docs/lib/swagger-ui/swagger-ui-bundle.js, text/javascript",
        "docs/lib/swagger-ui/swagger-ui.css, text/css",
        "docs/lib/js-yaml/js-yaml.mjs, text/javascript",
        "docs/lib/marked/marked.esm.js, text/javascript",
    })
    default void referenceIsServedWithItsViewer(String path, String type) {
        Answer answer = client().send(client().request(path));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs", "sdk"})
    default void folderIsFoundWithoutTrailingSlash(String folder) {
        Answer answer = client().send(client().request(folder));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith(folder + "/");
    }
}
