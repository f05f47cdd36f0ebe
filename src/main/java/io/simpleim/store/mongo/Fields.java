package io.simpleim.store.mongo;

import org.bson.Document;

/** Reads fields tolerantly: partners and migrations write the same collections, with numbers of any width. */
final class Fields {
    private Fields() {}

    /** Returns a number; 0 if the field is missing or not a number. */
    static long number(Document document, String field) {
        return document.get(field) instanceof Number number ? number.longValue() : 0;
    }

    static int integer(Document document, String field) {
        return (int) number(document, field);
    }

    /** Returns a text; empty if the field is missing or not a text. */
    static String text(Document document, String field) {
        return document.get(field) instanceof String text ? text : "";
    }
}
