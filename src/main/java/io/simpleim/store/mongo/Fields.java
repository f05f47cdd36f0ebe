package io.simpleim.store.mongo;

import org.bson.Document;

/** Reads numbers whatever width they were written in: partners and migrations write the same collections. */
final class Fields {
    private Fields() {}

    /** A number, 0 where there is none. */
    static long number(Document document, String field) {
        return document.get(field) instanceof Number number ? number.longValue() : 0;
    }

    static int integer(Document document, String field) {
        return (int) number(document, field);
    }

    /** A text, empty where there is none. */
    static String text(Document document, String field) {
        return document.get(field) instanceof String text ? text : "";
    }
}
