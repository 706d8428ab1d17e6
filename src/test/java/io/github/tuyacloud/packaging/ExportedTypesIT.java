package io.github.tuyacloud.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that public signatures use only visible types: those of exported packages, Java's, and OkHttp's client. */
class ExportedTypesIT {
    private static final Pattern QUALIFIED_NAME = Pattern.compile("[a-zA-Z_][\\w$]*(\\.[\\w$]+)+");

    @Test
    void signatures_inExportedPackages_nameTypesThatUsersCanSee() throws Exception {
        Set<String> exported = exportedPackages();
        List<String> hidden = new ArrayList<>();
        int looked = 0;
        for (Class<?> type : publicTypes(exported)) {
            looked++;
            for (Type named : typesIn(type)) {
                QUALIFIED_NAME
                        .matcher(named.getTypeName())
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> !visible(name, exported))
                        .forEach(name -> hidden.add(type.getName() + " shows " + name));
            }
        }

        assertThat(looked).isGreaterThan(10);
        assertThat(hidden).isEmpty();
    }

    private static boolean visible(String name, Set<String> exported) {
        // A nested type keeps the package of its outer type: io.github.tuyacloud.TuyaCloud$Builder.
        return name.startsWith("java.")
                || name.equals("okhttp3.OkHttpClient")
                || exported.contains(name.substring(0, name.lastIndexOf('.')));
    }

    private static Set<Type> typesIn(Class<?> type) {
        List<Type> types = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            types.add(type.getGenericSuperclass());
        }
        Stream.of(type.getDeclaredFields())
                .filter(ExportedTypesIT::seen)
                .map(Field::getGenericType)
                .forEach(types::add);
        Stream.of(type.getDeclaredMethods())
                .filter(ExportedTypesIT::seen)
                .map(Method::getGenericReturnType)
                .forEach(types::add);
        Stream.<Executable>concat(Stream.of(type.getDeclaredMethods()), Stream.of(type.getDeclaredConstructors()))
                .filter(ExportedTypesIT::seen)
                .forEach(member -> {
                    types.addAll(Arrays.asList(member.getGenericParameterTypes()));
                    types.addAll(Arrays.asList(member.getGenericExceptionTypes()));
                });
        return Set.copyOf(types);
    }

    private static boolean seen(Member member) {
        return !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static List<Class<?>> publicTypes(Set<String> exported) throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (String file : Packed.files(Packed.library())) {
            if (file.endsWith(".class") && !file.endsWith("-info.class") && !file.startsWith("META-INF/")) {
                String name =
                        file.substring(0, file.length() - ".class".length()).replace('/', '.');
                Class<?> type = Class.forName(name, false, ExportedTypesIT.class.getClassLoader());
                if (exported.contains(type.getPackageName()) && isPublic(type)) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    private static boolean isPublic(Class<?> type) {
        boolean open = Modifier.isPublic(type.getModifiers()) && !type.isAnonymousClass() && !type.isLocalClass();
        return open && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
    }

    private static Set<String> exportedPackages() {
        ModuleDescriptor module = ModuleFinder.of(Packed.library())
                .find("io.github.tuyacloud")
                .orElseThrow()
                .descriptor();
        return module.exports().stream().map(Exports::source).collect(Collectors.toCollection(TreeSet::new));
    }
}
