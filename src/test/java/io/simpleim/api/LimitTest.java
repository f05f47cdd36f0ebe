package io.simpleim.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.config.Setting;
import io.simpleim.config.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitTest {
    @ParameterizedTest
    @EnumSource
    void aLimitIsCountedUnderTheNameOfItsSetting(Limit limit) {
        assertThat(Settings.all())
                .filteredOn(setting -> setting.section().equals("limits"))
                .extracting(Setting::name)
                .contains(limit.settingName());
        assertThat(RequestRejected.because(ApiError.RATE_LIMITED).by(limit).reason())
                .isEqualTo(limit.settingName());
    }
}
