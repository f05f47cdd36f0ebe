package io.simpleim.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.simpleim.api.ApiError;
import io.simpleim.event.CloseCode;
import io.simpleim.event.PushType;
import io.simpleim.ws.operation.Operation;
import io.simpleim.ws.operation.OperationCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the API descriptions against the catalogues in the code, and for consistency. */
class ReferenceTest {
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final List<String> TEXTS = List.of("description", "summary", "title");
    private static final Set<String> OF_NO_LANGUAGE = Set.of("Done", "Refused", "HeaderBody");
    /** Reserved names that this version never answers. */
    private static final List<String> RESERVED =
            List.of("muted", "blocked", "message_not_found", "recall_expired", "rejected");

    static Stream<ApiDocument> documents() {
        return Stream.of(ApiDocument.REST, ApiDocument.SOCKET);
    }

    @Test
    void documentsNameTheirSpecificationVersion() {
        assertThat(ApiDocument.REST.root().get("openapi").getAsString()).startsWith("3.1.");
        assertThat(ApiDocument.SOCKET.root().get("asyncapi").getAsString()).isEqualTo("3.0.0");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyErrorIsListed(ApiDocument document) {
        JsonObject names = document.at("components", "schemas", "ErrorName");

        assertThat(ApiDocument.texts(names.get("enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ApiError.values()).map(ApiError::wireName).toList());
        for (ApiError error : ApiError.values()) {
            assertThat(names.get("description").getAsString())
                    .contains("| `" + error.wireName() + "` | " + error.httpStatus() + " |");
            assertThat(names.get("x-zh-description").getAsString())
                    .contains("| `" + error.wireName() + "` | " + error.httpStatus() + " |");
        }
    }

    @Test
    void everyErrorBelongsToACallOrFrameUnlessReserved() {
        Set<String> answered = new HashSet<>(List.of("not_found"));
        RestCall.all().forEach(call -> call.statuses().forEach(status -> answered.addAll(call.errors(status))));
        SocketOperation.taken().forEach(operation -> answered.addAll(operation.errors()));
        answered.addAll(ApiDocument.texts(ApiDocument.SOCKET.root().get("x-frame-errors")));

        assertThat(Stream.of(ApiError.values())
                        .map(ApiError::wireName)
                        .filter(name -> !answered.contains(name) || RESERVED.contains(name)))
                .containsExactlyInAnyOrderElementsOf(RESERVED);
    }

    @Test
    void listedCloseCodesAreExactlyThoseOfTheCode() {
        List<String> documented = new ArrayList<>();
        ApiDocument.SOCKET
                .root()
                .getAsJsonArray("x-close-codes")
                .forEach(code -> documented.add(code.getAsJsonObject().get("code") + " "
                        + code.getAsJsonObject().get("name").getAsString()));

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(CloseCode.values())
                        .map(code -> code.code() + " " + code.reason())
                        .toList());
    }

    @Test
    void documentedEventsAreExactlyThoseOfTheCode() {
        List<String> documented = SocketOperation.pushed().stream()
                .map(SocketOperation::frame)
                .map(message -> message.getAsJsonObject("payload").getAsJsonObject("properties"))
                .filter(properties -> properties.has("event"))
                .map(properties -> properties.getAsJsonObject("message_type").get("const") + " "
                        + properties.getAsJsonObject("event").get("const").getAsString())
                .toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(PushType.values())
                        .map(type -> type.messageType() + " " + type.event())
                        .toList());
    }

    @Test
    void documentedOperationsAreExactlyThoseOfTheCode() {
        // Their names are asked for, and no service is called.
        Set<String> coded = OperationCatalogue.of(null, null, null).all().stream()
                .map(Operation::name)
                .collect(Collectors.toSet());

        assertThat(SocketOperation.taken().stream()
                        .map(SocketOperation::op)
                        .filter(op -> !op.isEmpty())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(coded)
                .hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyTextHasAChineseTranslation(ApiDocument document) {
        everyObject(document.root(), "", (path, object) -> {
            for (String name : TEXTS) {
                if (isText(path, object, name)) {
                    JsonElement chinese = object.get("x-zh-" + name);
                    assertThat(chinese).as(path + "." + name).isNotNull();
                    String english = object.get(name).getAsString();
                    boolean isName = english.matches("[\\w`]+");
                    assertThat(isName || CHINESE.matcher(chinese.getAsString()).find())
                            .as(path + ": " + chinese)
                            .isTrue();
                }
            }
        });
    }

    /** Members may have these names too, and titles of schemas are for programs. */
    private static boolean isText(String path, JsonObject object, String name) {
        return object.has(name)
                && object.get(name).isJsonPrimitive()
                && !path.endsWith(".properties")
                && !OF_NO_LANGUAGE.contains(object.get(name).getAsString());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void referencesResolveAndComponentsAreUsed(ApiDocument document) {
        Set<String> used = new HashSet<>();
        everyObject(document.root(), "#", (path, object) -> {
            if (object.has("$ref")) {
                document.followed(object);
                used.add(object.get("$ref").getAsString());
            }
        });
        for (String kind : List.of("schemas", "responses", "examples", "parameters", "headers", "messages")) {
            JsonObject components = document.at("components").getAsJsonObject(kind);
            if (components != null) {
                assertThat(components.keySet())
                        .allSatisfy(name -> assertThat(used).contains("#/components/" + kind + "/" + name));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySchemaIsValid(ApiDocument document) {
        var metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        document.at("components", "schemas")
                .entrySet()
                .forEach(schema -> assertThat(metaSchema.validate(
                                document.resolved(schema.getValue()).toString(), InputFormat.JSON))
                        .as(schema.getKey())
                        .isEmpty());
    }

    @Test
    void answerExamplesMatchTheirSchemas() {
        for (RestCall call : RestCall.all()) {
            for (String status : call.statuses()) {
                if (!status.equals("101")) {
                    int number = Integer.parseInt(status);
                    StrictSchema schema = call.schema(number);
                    call.examples(number)
                            .forEach((name, value) -> assertThat(schema.faults(value))
                                    .as(call + " " + status + " " + name)
                                    .isEmpty());
                }
            }
        }
    }

    @Test
    void frameExamplesMatchTheirSchemas() {
        for (Map.Entry<String, JsonElement> message :
                ApiDocument.SOCKET.at("components", "messages").entrySet()) {
            StrictSchema schema = StrictSchema.of(
                    ApiDocument.SOCKET, message.getValue().getAsJsonObject().get("payload"));
            SocketOperation.examples(message.getValue().getAsJsonObject())
                    .forEach((name, value) -> assertThat(schema.faults(value))
                            .as(message.getKey() + " " + name)
                            .isEmpty());
        }
    }

    /** Skips examples, whose content is data. */
    private static void everyObject(JsonElement element, String path, BiConsumer<String, JsonObject> look) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(item -> everyObject(item, path + "[]", look));
        } else if (element.isJsonObject()) {
            look.accept(path, element.getAsJsonObject());
            element.getAsJsonObject().entrySet().stream()
                    .filter(member ->
                            !Set.of("value", "payload.examples", "example").contains(member.getKey()))
                    .forEach(member -> everyObject(member.getValue(), path + "." + member.getKey(), look));
        }
    }
}
