package shop;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Handlers of every form that Lambda takes. */
public class Handlers {
    public static class Line {
        private String sku;
        private int count;

        public String getSku() {
            return sku;
        }

        public void setSku(String sku) {
            this.sku = sku;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }
    }

    public enum State { OPEN, SHIPPED }

    /** As the classes of AWS' events, with names that are spelt in other letters in JSON. */
    public static class Order {
        private List<Line> lines;
        private Map<String, Long> totals;
        private State state;
        private boolean isGift;
        private String detailType;
        private Date placed;
        public Optional<String> note = Optional.empty();

        public List<Line> getLines() {
            return lines;
        }

        public void setLines(List<Line> lines) {
            this.lines = lines;
        }

        public Map<String, Long> getTotals() {
            return totals;
        }

        public void setTotals(Map<String, Long> totals) {
            this.totals = totals;
        }

        public State getState() {
            return state;
        }

        public void setState(State state) {
            this.state = state;
        }

        public boolean getIsGift() {
            return isGift;
        }

        public void setIsGift(boolean isGift) {
            this.isGift = isGift;
        }

        public String getDetailType() {
            return detailType;
        }

        public void setDetailType(String detailType) {
            this.detailType = detailType;
        }

        public Date getPlaced() {
            return placed;
        }

        public void setPlaced(Date placed) {
            this.placed = placed;
        }
    }

    /** Types of a handler may be named above it. */
    public abstract static class Base<I, O> implements RequestHandler<I, O> {}

    public static class Orders extends Base<Order, Order> {
        @Override
        public Order handleRequest(Order order, Context context) {
            order.getLines().get(0).setCount(order.getLines().get(0).getCount() + 1);
            return order;
        }
    }

    public static class Told implements RequestHandler<Map<String, Object>, Map<String, Object>> {
        @Override
        public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
            context.getLogger().log("logged by the handler");
            System.out.println("printed by the handler");
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("event", event);
            answer.put("name", context.getFunctionName());
            answer.put("memory", context.getMemoryLimitInMB());
            answer.put("id", context.getAwsRequestId().length());
            answer.put("arn", context.getInvokedFunctionArn());
            answer.put("remaining", context.getRemainingTimeInMillis() > 0);
            answer.put("execution", System.getenv("AWS_EXECUTION_ENV"));
            answer.put("trace", System.getProperty("com.amazonaws.xray.traceHeader") != null);
            return answer;
        }
    }

    public static class Stream implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws java.io.IOException {
            output.write("{\"as\":".getBytes());
            input.transferTo(output);
            output.write('}');
        }
    }

    public String plain(String text) {
        return "Grüße \"" + text + '"';
    }

    public Integer sum(List<Integer> numbers, Context context) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    public int defaults() {
        return "Grüße".getBytes().length;
    }

    public static void nothing() {}

    public void fails(Object event) {
        try {
            throw new IllegalArgumentException("the cause");
        } catch (IllegalArgumentException error) {
            throw new IllegalStateException("not like this", error);
        }
    }

    public void exits(Object event) {
        System.exit(3);
    }
}
