// The client of the Lambda Runtime API for functions in Java, which the stage compiles and starts the virtual machine with.
//
// Finds the handler as Lambda does (`package.Class::method`, or a class that implements `RequestHandler` or
// `RequestStreamHandler`), hands it events with a context, and reports answers and errors in Lambda's form.

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

final class StageRuntime {
    private static final String BASE = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";

    private StageRuntime() {}

    public static void main(String[] arguments) throws Exception {
        Handler handler = null;
        try {
            warnOfOldSdks();
            handler = handlerOf(System.getenv("_HANDLER"));
        } catch (Throwable error) {
            report("init/error", error);
            System.exit(1);
        }
        try {
            while (true) {
                serve(handler);
            }
        } catch (Throwable error) {
            // Threads of the function would keep the machine alive, and nobody would ask for work.
            error.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** What is done with an event. */
    private interface Handler {
        void handle(InputStream event, OutputStream answer, Map<String, String> head) throws Throwable;
    }

    // --- The Runtime API.

    private static HttpURLConnection connect(String route) throws Exception {
        return (HttpURLConnection) new URL(BASE + route).openConnection();
    }

    private static void post(String route, byte[] body, String errorType) throws Exception {
        HttpURLConnection exchange = connect(route);
        exchange.setRequestMethod("POST");
        exchange.setDoOutput(true);
        exchange.setFixedLengthStreamingMode(body.length);
        exchange.setRequestProperty("Content-Type", "application/json");
        if (errorType != null) {
            exchange.setRequestProperty("Lambda-Runtime-Function-Error-Type", errorType);
        }
        exchange.getOutputStream().write(body);
        // The connection is used again only if the answer was read.
        InputStream answer = exchange.getResponseCode() < 400 ? exchange.getInputStream() : exchange.getErrorStream();
        if (answer != null) {
            answer.readAllBytes();
        }
    }

    private static void serve(Handler handler) throws Exception {
        HttpURLConnection next = connect("invocation/next");
        next.setReadTimeout(0);
        if (next.getResponseCode() != 200) {
            System.exit(0);
        }
        byte[] event = next.getInputStream().readAllBytes();
        Map<String, String> head = new LinkedHashMap<>();
        next.getHeaderFields().forEach((name, values) -> head.put(String.valueOf(name).toLowerCase(), values.get(0)));
        String id = head.get("lambda-runtime-aws-request-id");
        String trace = head.get("lambda-runtime-trace-id");
        if (trace != null) {
            System.setProperty("com.amazonaws.xray.traceHeader", trace);
        }
        try {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            handler.handle(new ByteArrayInputStream(event), answer, head);
            System.out.flush();
            post("invocation/" + id + "/response", answer.toByteArray(), null);
        } catch (Throwable error) {
            report("invocation/" + id + "/error", error);
            if (error instanceof VirtualMachineError) {
                System.exit(1);
            }
        }
    }

    // --- Errors.

    private static void report(String route, Throwable error) throws Exception {
        String told = Json.write(described(error));
        System.out.println(told);
        System.out.flush();
        post(route, told.getBytes(StandardCharsets.UTF_8), error.getClass().getName());
    }

    /** What Lambda tells of an error: frames of the runtime are left out. */
    private static Map<String, Object> described(Throwable error) {
        List<String> trace = new ArrayList<>();
        for (StackTraceElement frame : error.getStackTrace()) {
            if (frame.getClassName().startsWith("StageRuntime")) {
                break;
            }
            if (!frame.getClassName().startsWith("jdk.internal.reflect.") && !frame.getClassName().startsWith("java.lang.reflect.")) {
                trace.add(frame.toString());
            }
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("errorMessage", error.getMessage());
        told.put("errorType", error.getClass().getName());
        told.put("stackTrace", trace);
        if (error.getCause() != null && error.getCause() != error) {
            told.put("cause", described(error.getCause()));
        }
        return told;
    }

    /** SDKs from before September 2024 do not read AWS_ENDPOINT_URL: what they ask goes to AWS. */
    private static void warnOfOldSdks() {
        String version = null;
        try {
            Object found = Class.forName("software.amazon.awssdk.core.util.VersionInfo").getField("SDK_VERSION").get(null);
            String[] parts = found.toString().split("\\.");
            version = parts[0].equals("2") && Integer.parseInt(parts[1]) < 28 ? found.toString() : null;
        } catch (ReflectiveOperationException | RuntimeException absent) {
            try {
                Class.forName("com.amazonaws.AmazonWebServiceClient");
                version = "1";
            } catch (ClassNotFoundException none) {
                return;
            }
        }
        if (version != null) {
            System.err.println("the AWS SDK for Java " + version + " does not read AWS_ENDPOINT_URL, so its requests do not"
                + " reach the stage unless the function sets the endpoint; use 2.28 or newer");
        }
    }

    // --- The handler.

    private static Handler handlerOf(String name) throws Throwable {
        String[] parts = name.split("::", 2);
        Class<?> type;
        try {
            type = Class.forName(parts[0]);
        } catch (ClassNotFoundException error) {
            throw new ClassNotFoundException("Class not found: " + parts[0]);
        }
        Method method = methodOf(type, parts.length == 2 ? parts[1] : null);
        Object target = null;
        if (!Modifier.isStatic(method.getModifiers())) {
            try {
                target = type.getDeclaredConstructor().newInstance();
            } catch (NoSuchMethodException error) {
                throw new NoSuchMethodException("Class " + type.getName() + " has no public zero-argument constructor");
            } catch (InvocationTargetException error) {
                throw error.getCause();
            }
        }
        method.setAccessible(true);
        return called(target, method, type);
    }

    /** The method of a handler: of several with its name, the one with most parameters. */
    private static Method methodOf(Class<?> type, String wanted) throws NoSuchMethodException {
        boolean implementsIt = RequestHandler.class.isAssignableFrom(type) || RequestStreamHandler.class.isAssignableFrom(type);
        if (wanted == null && !implementsIt) {
            throw new NoSuchMethodException("Class " + type.getName() + " does not implement an appropriate handler interface");
        }
        String name = wanted == null ? "handleRequest" : wanted;
        Comparator<Method> order = Comparator.comparing((Method one) -> !one.isBridge());
        order = order.thenComparing(Method::getParameterCount).thenComparing(one -> takesContext(one) ? 1 : 0);
        Stream<Method> found = Arrays.stream(type.getMethods()).filter(one -> one.getName().equals(name));
        return found.filter(one -> one.getParameterCount() <= 3).max(order).orElseThrow(() -> new NoSuchMethodException(
            "No public method named " + name + " with appropriate method signature found on class " + type.getName()));
    }

    private static boolean takesContext(Method method) {
        Class<?>[] types = method.getParameterTypes();
        return types.length > 0 && types[types.length - 1] == Context.class;
    }

    private static Handler called(Object target, Method method, Class<?> type) {
        Type[] types = method.getGenericParameterTypes();
        int count = types.length - (takesContext(method) ? 1 : 0);
        boolean streams = count == 2 && types[0] == InputStream.class && types[1] == OutputStream.class;
        boolean reads = count == 1 && types[0] == InputStream.class;
        return (event, answer, head) -> {
            List<Object> values = new ArrayList<>();
            if (streams || reads) {
                values.add(event);
            } else if (count > 0) {
                values.add(bound(event, Bind.resolved(types[0], type)));
            }
            if (streams) {
                values.add(answer);
            }
            if (takesContext(method)) {
                values.add(contextOf(head));
            }
            Object result;
            try {
                result = method.invoke(target, values.toArray());
            } catch (InvocationTargetException error) {
                throw error.getCause();
            }
            if (!streams) {
                answer.write(Json.write(result).getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static Object bound(InputStream event, Type type) throws Exception {
        try {
            return Bind.to(Json.read(new String(event.readAllBytes(), StandardCharsets.UTF_8)), type);
        } catch (RuntimeException error) {
            throw new RuntimeException("An error occurred during JSON parsing", error);
        }
    }

    // --- The context.

    private static Object contextOf(Map<String, String> head) {
        long deadline = Long.parseLong(head.get("lambda-runtime-deadline-ms"));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("getAwsRequestId", head.get("lambda-runtime-aws-request-id"));
        values.put("getInvokedFunctionArn", head.get("lambda-runtime-invoked-function-arn"));
        values.put("getFunctionName", System.getenv("AWS_LAMBDA_FUNCTION_NAME"));
        values.put("getFunctionVersion", System.getenv("AWS_LAMBDA_FUNCTION_VERSION"));
        values.put("getLogGroupName", System.getenv("AWS_LAMBDA_LOG_GROUP_NAME"));
        values.put("getLogStreamName", System.getenv("AWS_LAMBDA_LOG_STREAM_NAME"));
        values.put("getMemoryLimitInMB", Integer.valueOf(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")));
        values.put("getLogger", proxy(LambdaLogger.class, (name, given) -> log(given)));
        values.put("getClientContext", clientContextOf(head.get("lambda-runtime-client-context")));
        return proxy(Context.class, (name, given) -> name.equals("getRemainingTimeInMillis")
            ? (Object) (int) Math.max(deadline - System.currentTimeMillis(), 0)
            : values.get(name));
    }

    private static Object clientContextOf(String text) {
        if (text == null) {
            return null;
        }
        Map<?, ?> parts = (Map<?, ?>) Json.read(text);
        return proxy(com.amazonaws.services.lambda.runtime.ClientContext.class, (name, given) ->
            name.equals("getCustom") ? parts.get("custom") : name.equals("getEnvironment") ? parts.get("env") : null);
    }

    private static Object log(Object[] given) {
        String text = given[0] instanceof byte[] ? new String((byte[]) given[0], StandardCharsets.UTF_8) : String.valueOf(given[0]);
        System.out.print(text.endsWith("\n") ? text : text + "\n");
        System.out.flush();
        return null;
    }

    private interface Answers {
        Object of(String name, Object[] given) throws Throwable;
    }

    /** An interface that may be the function's own, of another version with more methods. */
    private static Object proxy(Class<?> type, Answers answers) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            switch (method.getName()) {
                case "equals":
                    return self == given[0];
                case "hashCode":
                    return System.identityHashCode(self);
                case "toString":
                    return type.getSimpleName();
                default:
                    return answers.of(method.getName(), given);
            }
        });
    }
}
