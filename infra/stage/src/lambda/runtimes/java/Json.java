// JSON text to maps, lists and plain values, and back.

import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value();
        if (json.next() != 0) {
            throw json.fault("something after the value");
        }
        return value;
    }

    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    // --- Reading.

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("not JSON at character " + at + ": " + what);
    }

    /** The next character that is no space, or 0 at the end. */
    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean takes(char wanted) {
        boolean found = next() == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private Object value() {
        switch (next()) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            case 't':
                return word("true", true);
            case 'f':
                return word("false", false);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw fault("an unknown word");
        }
        at += word.length();
        return value;
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        if (takes('}')) {
            return map;
        }
        do {
            if (next() != '"') {
                throw fault("no name");
            }
            String name = string();
            if (!takes(':')) {
                throw fault("no colon");
            }
            map.put(name, value());
        } while (takes(','));
        if (!takes('}')) {
            throw fault("an object without its end");
        }
        return map;
    }

    private List<Object> array() {
        List<Object> list = new ArrayList<>();
        at++;
        if (takes(']')) {
            return list;
        }
        do {
            list.add(value());
        } while (takes(','));
        if (!takes(']')) {
            throw fault("an array without its end");
        }
        return list;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length()) {
            char one = text.charAt(at++);
            if (one == '"') {
                return out.toString();
            }
            out.append(one == '\\' && at < text.length() ? escaped() : one);
        }
        throw fault("a text without its end");
    }

    private char escaped() {
        char kind = text.charAt(at++);
        if (kind == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        int known = "bfnrt".indexOf(kind);
        return known < 0 ? kind : "\b\f\n\r\t".charAt(known);
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.isEmpty()) {
            throw fault("no value");
        }
        if (digits.matches("-?\\d+")) {
            BigInteger whole = new BigInteger(digits);
            Object large = whole.bitLength() < 64 ? (Object) whole.longValue() : whole;
            return whole.bitLength() < 32 ? (Object) whole.intValue() : large;
        }
        return Double.valueOf(digits);
    }

    // --- Writing.

    private static void write(Object value, StringBuilder out) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Number) {
            double real = ((Number) value).doubleValue();
            boolean isFinite = !Double.isNaN(real) && !Double.isInfinite(real);
            out.append(isFinite || !(value instanceof Double || value instanceof Float) ? value.toString() : '"' + value.toString() + '"');
        } else if (value instanceof Map) {
            object((Map<?, ?>) value, out);
        } else if (value instanceof Iterable) {
            array((Iterable<?>) value, out);
        } else if (value instanceof Optional) {
            write(((Optional<?>) value).orElse(null), out);
        } else if (value instanceof Date) {
            out.append(((Date) value).getTime());
        } else if (value instanceof byte[]) {
            string(Base64.getEncoder().encodeToString((byte[]) value), out);
        } else if (value instanceof ByteBuffer) {
            byte[] bytes = new byte[((ByteBuffer) value).remaining()];
            ((ByteBuffer) value).duplicate().get(bytes);
            string(Base64.getEncoder().encodeToString(bytes), out);
        } else if (value.getClass().isArray()) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(Array.get(value, i));
            }
            array(list, out);
        } else if (isText(value)) {
            string(value instanceof Enum ? ((Enum<?>) value).name() : value.toString(), out);
        } else {
            object(Bind.propertiesOf(value), out);
        }
    }

    private static boolean isText(Object value) {
        String name = value.getClass().getName();
        return value instanceof CharSequence || value instanceof Enum || name.startsWith("java.") || name.startsWith("org.joda.time.");
    }

    private static void object(Map<?, ?> map, StringBuilder out) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            string(String.valueOf(entry.getKey()), out);
            out.append(':');
            write(entry.getValue(), out);
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private static void array(Iterable<?> list, StringBuilder out) {
        String separator = "";
        out.append('[');
        for (Object one : list) {
            out.append(separator);
            write(one, out);
            separator = ",";
        }
        out.append(']');
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (char one : text.toCharArray()) {
            int known = "\"\\\b\f\n\r\t".indexOf(one);
            if (known >= 0) {
                out.append('\\').append("\"\\bfnrt".charAt(known));
            } else if (one < ' ') {
                out.append(String.format("\\u%04x", (int) one));
            } else {
                out.append(one);
            }
        }
        out.append('"');
    }
}
