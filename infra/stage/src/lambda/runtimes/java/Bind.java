// JSON values to the type that a handler takes, and the properties of what it answers, by the conventions of Java beans.

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class Bind {
    /** Dates below are seconds, as the events of AWS have them; others are milliseconds. */
    private static final double LAST_SECOND = 1e11;

    private Bind() {}

    static Object to(Object json, Type type) {
        try {
            return value(json, type);
        } catch (ReflectiveOperationException error) {
            Throwable cause = error instanceof InvocationTargetException ? error.getCause() : error;
            throw new IllegalArgumentException(type.getTypeName() + ": " + cause, cause);
        }
    }

    private static Object value(Object json, Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType) {
            ParameterizedType generic = (ParameterizedType) type;
            return ofClass(json, (Class<?>) generic.getRawType(), generic);
        }
        if (type instanceof WildcardType) {
            return value(json, ((WildcardType) type).getUpperBounds()[0]);
        }
        return type instanceof Class ? ofClass(json, (Class<?>) type, null) : json;
    }

    private static Object ofClass(Object json, Class<?> type, ParameterizedType generic) throws ReflectiveOperationException {
        if (type == Optional.class) {
            return Optional.ofNullable(value(json, parameter(generic, 0)));
        }
        if (json == null) {
            return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
        }
        if (type == Object.class) {
            return json;
        }
        if (Map.class.isAssignableFrom(type)) {
            return map(json, type, generic);
        }
        if (Collection.class.isAssignableFrom(type) || type == Iterable.class) {
            return collection(json, type, parameter(generic, 0));
        }
        if (type.isArray() && type != byte[].class) {
            List<?> list = (List<?>) json;
            Object array = Array.newInstance(type.getComponentType(), list.size());
            for (int i = 0; i < list.size(); i++) {
                Array.set(array, i, value(list.get(i), type.getComponentType()));
            }
            return array;
        }
        return json instanceof Map ? bean((Map<?, ?>) json, type, generic) : scalar(json, type);
    }

    private static Type parameter(ParameterizedType generic, int index) {
        return generic == null ? Object.class : generic.getActualTypeArguments()[index];
    }

    @SuppressWarnings("unchecked")
    private static Object map(Object json, Class<?> type, ParameterizedType generic) throws ReflectiveOperationException {
        if (!(json instanceof Map)) {
            throw unfit(json, type);
        }
        Map<Object, Object> map = type.isInterface()
            ? (Map<Object, Object>) (type.isAssignableFrom(LinkedHashMap.class) ? new LinkedHashMap<>() : new java.util.TreeMap<>())
            : (Map<Object, Object>) type.getDeclaredConstructor().newInstance();
        boolean hasTypes = generic != null && generic.getActualTypeArguments().length == 2;
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) json).entrySet()) {
            Object key = hasTypes ? value(entry.getKey(), parameter(generic, 0)) : entry.getKey();
            map.put(key, hasTypes ? value(entry.getValue(), parameter(generic, 1)) : entry.getValue());
        }
        return map;
    }

    @SuppressWarnings("unchecked")
    private static Object collection(Object json, Class<?> type, Type of) throws ReflectiveOperationException {
        if (!(json instanceof List)) {
            throw unfit(json, type);
        }
        Collection<Object> all = !type.isInterface()
            ? (Collection<Object>) type.getDeclaredConstructor().newInstance()
            : Set.class.isAssignableFrom(type) ? new LinkedHashSet<>() : new ArrayList<>();
        for (Object one : (List<?>) json) {
            all.add(value(one, of));
        }
        return all;
    }

    private static IllegalArgumentException unfit(Object json, Class<?> type) {
        String kind = json instanceof Map ? "an object" : json instanceof List ? "an array" : "`" + json + "`";
        return new IllegalArgumentException("Cannot deserialize value of type `" + type.getTypeName() + "` from " + kind);
    }

    // --- Plain values.

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object scalar(Object json, Class<?> type) throws ReflectiveOperationException {
        if (type.isInstance(json)) {
            return json;
        }
        if (json instanceof List) {
            throw unfit(json, type);
        }
        String text = json.toString();
        if (type == String.class || type == CharSequence.class) {
            return text;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type == char.class || type == Character.class) {
            return text.charAt(0);
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return number(new BigDecimal(text.trim()), type);
        }
        if (type.isEnum()) {
            return Enum.valueOf((Class<Enum>) type, text);
        }
        if (type == byte[].class) {
            return Base64.getDecoder().decode(text);
        }
        if (type == ByteBuffer.class) {
            return ByteBuffer.wrap(Base64.getDecoder().decode(text));
        }
        if (type == Date.class && json instanceof Number) {
            double time = ((Number) json).doubleValue();
            return new Date((long) (time < LAST_SECOND ? time * 1000 : time));
        }
        return parsed(text, type);
    }

    private static Object number(BigDecimal number, Class<?> type) {
        switch (type.getSimpleName()) {
            case "int":
            case "Integer":
                return number.intValue();
            case "long":
            case "Long":
                return number.longValue();
            case "double":
            case "Double":
                return number.doubleValue();
            case "float":
            case "Float":
                return number.floatValue();
            case "short":
            case "Short":
                return number.shortValue();
            case "byte":
            case "Byte":
                return number.byteValue();
            default:
                return type == BigInteger.class ? (Object) number.toBigInteger() : number;
        }
    }

    /** What makes a value of a text: a method that classes of dates, identifiers and the like have, or a constructor. */
    private static Object parsed(String text, Class<?> type) throws ReflectiveOperationException {
        if (type == Date.class) {
            return Date.from(java.time.Instant.parse(text));
        }
        for (String name : new String[] {"parse", "fromString", "valueOf", "of"}) {
            for (Class<?> taken : new Class<?>[] {String.class, CharSequence.class}) {
                try {
                    return type.getMethod(name, taken).invoke(null, text);
                } catch (NoSuchMethodException next) {
                    // The next one may be there.
                }
            }
        }
        try {
            return type.getConstructor(String.class).newInstance(text);
        } catch (NoSuchMethodException none) {
            throw unfit(text, type);
        }
    }

    // --- Beans.

    private static Object bean(Map<?, ?> json, Class<?> type, ParameterizedType generic) throws ReflectiveOperationException {
        if (type.getSuperclass() != null && type.getSuperclass().getName().equals("java.lang.Record")) {
            return record(json, type);
        }
        if (type == String.class || type.isPrimitive() || type.isInterface() || type.getName().startsWith("java.")) {
            throw unfit(json, type);
        }
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object bean = constructor.newInstance();
        for (Map.Entry<?, ?> entry : json.entrySet()) {
            set(bean, String.valueOf(entry.getKey()), entry.getValue(), generic);
        }
        return bean;
    }

    private static Object record(Map<?, ?> json, Class<?> type) throws ReflectiveOperationException {
        Field[] fields = Arrays.stream(type.getDeclaredFields()).filter(field -> !Modifier.isStatic(field.getModifiers())).toArray(Field[]::new);
        Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = value(json.get(fields[i].getName()), fields[i].getGenericType());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(fields).map(Field::getType).toArray(Class[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    /** Sets a property by its setter or public field: that of its name, else of its name in other letters' case. */
    private static void set(Object bean, String key, Object json, ParameterizedType generic) throws ReflectiveOperationException {
        // `detail-type` of an event is `detailType`.
        String name = key.replace("-", "");
        Method setter = setter(bean.getClass(), name);
        if (setter != null) {
            setter.setAccessible(true);
            setter.invoke(bean, value(json, inside(setter.getGenericParameterTypes()[0], bean.getClass(), generic)));
            return;
        }
        for (Field field : bean.getClass().getFields()) {
            if (field.getName().equalsIgnoreCase(name) && !Modifier.isStatic(field.getModifiers())) {
                field.set(bean, value(json, inside(field.getGenericType(), bean.getClass(), generic)));
                return;
            }
        }
    }

    private static Method setter(Class<?> type, String name) {
        // `setIsReady` and `setReady` may both be meant by `isReady`.
        String bare = name.startsWith("is") && name.length() > 2 ? name.substring(2) : name;
        String rest = name.isEmpty() ? name : name.substring(1);
        Comparator<Method> order = Comparator.comparing((Method one) -> one.getName().substring(3).equalsIgnoreCase(name));
        order = order.thenComparing(one -> one.getName().substring(4).equals(rest));
        // Of several, the one that takes what the getter answers.
        order = order.thenComparing(one -> returns(type, "get" + one.getName().substring(3)) == one.getParameterTypes()[0]);
        return Arrays.stream(type.getMethods())
            .filter(one -> one.getName().startsWith("set") && one.getName().length() > 3 && one.getParameterCount() == 1)
            .filter(one -> one.getName().substring(3).equalsIgnoreCase(name) || one.getName().substring(3).equalsIgnoreCase(bare))
            .filter(one -> !one.isBridge())
            .max(order)
            .orElse(null);
    }

    private static Class<?> returns(Class<?> type, String getter) {
        try {
            return type.getMethod(getter).getReturnType();
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    /** The properties of a bean, those with fields in the order of the fields. */
    static Map<String, Object> propertiesOf(Object bean) {
        Class<?> type = bean.getClass();
        List<String> order = new ArrayList<>();
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            Arrays.stream(one.getDeclaredFields()).forEach(field -> order.add(field.getName()));
        }
        boolean isRecord = type.getSuperclass() != null && type.getSuperclass().getName().equals("java.lang.Record");
        Map<String, Object> found = new LinkedHashMap<>();
        try {
            for (Method method : type.getMethods()) {
                String name = isRecord ? (order.contains(method.getName()) ? method.getName() : null) : property(method);
                if (name != null && method.getParameterCount() == 0 && method.getDeclaringClass() != Object.class) {
                    method.setAccessible(true);
                    found.put(name, method.invoke(bean));
                }
            }
            for (Field field : type.getFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    found.putIfAbsent(field.getName(), field.get(bean));
                }
            }
        } catch (InvocationTargetException error) {
            throw new IllegalStateException(error.getCause());
        } catch (ReflectiveOperationException error) {
            throw new IllegalStateException(error);
        }
        Map<String, Object> sorted = new LinkedHashMap<>();
        Comparator<String> place = Comparator.comparing(name -> order.contains(name) ? order.indexOf(name) : order.size());
        found.keySet().stream().sorted(place.thenComparing(name -> name)).forEach(name -> sorted.put(name, found.get(name)));
        return sorted;
    }

    /** The property that a getter is of. */
    private static String property(Method method) {
        String name = method.getName();
        if (Modifier.isStatic(method.getModifiers()) || method.isBridge() || method.getReturnType() == void.class) {
            return null;
        }
        if (name.startsWith("get") && name.length() > 3) {
            return decapitalized(name.substring(3));
        }
        boolean isFlag = method.getReturnType() == boolean.class;
        return isFlag && name.startsWith("is") && name.length() > 2 ? decapitalized(name.substring(2)) : null;
    }

    private static String decapitalized(String name) {
        boolean isAcronym = name.length() > 1 && Character.isUpperCase(name.charAt(0)) && Character.isUpperCase(name.charAt(1));
        return isAcronym ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    // --- Type parameters.

    /** A type of a generic bean, with what its parameters are. */
    private static Type inside(Type type, Class<?> bean, ParameterizedType generic) {
        if (generic == null || !(type instanceof TypeVariable)) {
            return type;
        }
        TypeVariable<?>[] names = bean.getTypeParameters();
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(type)) {
                return parameter(generic, i);
            }
        }
        return type;
    }

    /** What a type parameter of a class above is in this one: `I` of `Base<I, O>` in `Own extends Base<Order, String>`. */
    static Type resolved(Type type, Class<?> in) {
        if (!(type instanceof TypeVariable)) {
            return type;
        }
        TypeVariable<?> wanted = (TypeVariable<?>) type;
        List<Type> above = new ArrayList<>(Arrays.asList(in.getGenericInterfaces()));
        if (in.getGenericSuperclass() != null) {
            above.add(in.getGenericSuperclass());
        }
        for (Type one : above) {
            Class<?> raw = (Class<?>) (one instanceof ParameterizedType ? ((ParameterizedType) one).getRawType() : one);
            Type found = raw == wanted.getGenericDeclaration() ? wanted : resolved(wanted, raw);
            if (one instanceof ParameterizedType) {
                found = inside(found, raw, (ParameterizedType) one);
            }
            if (!found.equals(wanted)) {
                return found;
            }
        }
        return type;
    }
}
