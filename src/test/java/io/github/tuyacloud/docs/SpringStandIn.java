package io.github.tuyacloud.docs;

import java.io.IOException;

/** The sources of the few parts of Spring that a bean of a {@code TuyaCloud} needs: three annotations and a runner. */
final class SpringStandIn {

    static final String RUNNER = "SpringStandIn";

    private static final String ANNOTATION = """
            package %s;

            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
            public @interface %s {
                %s
            }
            """;

    /** Creates the beans of a configuration, with properties such as {@code tuya.region=eu}, uses them, and closes them. */
    private static final String APPLICATION = """
            import io.github.tuyacloud.TuyaCloud;
            import java.lang.reflect.Method;
            import java.lang.reflect.Parameter;
            import java.util.Arrays;
            import org.springframework.beans.factory.annotation.Value;
            import org.springframework.context.annotation.Bean;
            import org.springframework.context.annotation.Configuration;

            public class SpringStandIn {
                public static void main(String[] args) throws Exception {
                    Class<?> type = Class.forName(args[0]);
                    if (!type.isAnnotationPresent(Configuration.class)) {
                        throw new IllegalStateException("no configuration");
                    }
                    Object configuration = type.getConstructor().newInstance();
                    for (Method method : type.getDeclaredMethods()) {
                        if (method.isAnnotationPresent(Bean.class)) {
                            Object[] values = Arrays.stream(method.getParameters())
                                    .map(parameter -> property(parameter, args))
                                    .toArray();
                            TuyaCloud bean = (TuyaCloud) method.invoke(configuration, values);
                            bean.getDevices().forEach(device -> System.out.println(device.name()));
                            TuyaCloud.class.getMethod("close").invoke(bean); // which Spring infers
                        }
                    }
                }

                private static String property(Parameter parameter, String[] args) {
                    String name = parameter.getAnnotation(Value.class).value().replaceAll("^\\\\$\\\\{|}$", "") + "=";
                    return Arrays.stream(args)
                            .filter(arg -> arg.startsWith(name))
                            .findFirst()
                            .orElseThrow()
                            .substring(name.length());
                }
            }
            """;

    private SpringStandIn() {}

    static PageProgram runs(PageProgram configuration) throws IOException {
        String context = "org.springframework.context.annotation";
        String factory = "org.springframework.beans.factory.annotation";
        return configuration
                .beside(context + ".Configuration", ANNOTATION.formatted(context, "Configuration", ""))
                .beside(context + ".Bean", ANNOTATION.formatted(context, "Bean", ""))
                .beside(factory + ".Value", ANNOTATION.formatted(factory, "Value", "String value();"))
                .beside(RUNNER, APPLICATION)
                .startedBy(RUNNER);
    }
}
