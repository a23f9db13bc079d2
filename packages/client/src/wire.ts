// Generated from domain/ by `npm run generate:api`. Do not edit.

export interface components {
    schemas: {
        /** @description A message to Tidemark: a CloudEvent 1.0 in JSON. */
        CloudEvent: components["schemas"]["CountersEvent"] | components["schemas"]["WatermarkEvent"] | components["schemas"]["HourClosedEvent"] | components["schemas"]["HeartbeatEvent"] | components["schemas"]["DeploymentEvent"] | components["schemas"]["BacklogEvent"];
        CountersEvent: {
            /** @constant */
            specversion: "1.0";
            /** @constant */
            type: "tidemark.counters.v1";
            source: string;
            id: string;
            /**
             * @description When it was observed; at most 10 minutes ahead.
             * @example 2026-11-22T13:04:05Z
             */
            time: string;
            datacontenttype?: string;
            /**
             * @description CloudEvents' distributed tracing extension: the sender's span. Invalid, it is ignored.
             * @example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
             */
            traceparent?: string;
            data: components["schemas"]["CountersData"];
        };
        CountersData: {
            /** @description Normalised to NFC: names that look the same are the same. */
            dc: string;
            /**
             * @description Where events are counted, in the order they pass.
             * @enum {string}
             */
            stage: "produced" | "published" | "delivered";
            /** @description Normalised to NFC: names that look the same are the same. */
            reporter: string;
            epoch?: number;
            /** @description This reporter ends here: it is no longer expected. */
            final?: boolean;
            reports: {
                /** @description Normalised to NFC: names that look the same are the same. */
                eventType: string;
                /**
                 * @description A UTC hour, named by its start.
                 * @example 2026-11-22T13
                 */
                hour: string;
                /**
                 * @description A UTC hour, named by its start.
                 * @example 2026-11-22T13
                 */
                landedHour?: string;
                /** @description Cumulative: the largest wins within an epoch. */
                events: number;
                bytes?: number;
                malformed?: number;
            }[];
        };
        WatermarkEvent: {
            /** @constant */
            specversion: "1.0";
            /** @constant */
            type: "tidemark.watermark.v1";
            source: string;
            id: string;
            /**
             * @description When it was observed; at most 10 minutes ahead.
             * @example 2026-11-22T13:04:05Z
             */
            time: string;
            datacontenttype?: string;
            /**
             * @description CloudEvents' distributed tracing extension: the sender's span. Invalid, it is ignored.
             * @example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
             */
            traceparent?: string;
            data: components["schemas"]["WatermarkData"];
        };
        WatermarkData: {
            /** @description Normalised to NFC: names that look the same are the same. */
            dc: string;
            marks: {
                /** @description Normalised to NFC: names that look the same are the same. */
                eventType: string;
                /**
                 * @description At most 10 minutes after the event's time.
                 * @example 2026-11-22T13:04:05Z
                 */
                watermark: string;
            }[];
        };
        HourClosedEvent: {
            /** @constant */
            specversion: "1.0";
            /** @constant */
            type: "tidemark.hour-closed.v1";
            source: string;
            id: string;
            /**
             * @description When it was observed; at most 10 minutes ahead.
             * @example 2026-11-22T13:04:05Z
             */
            time: string;
            datacontenttype?: string;
            /**
             * @description CloudEvents' distributed tracing extension: the sender's span. Invalid, it is ignored.
             * @example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
             */
            traceparent?: string;
            data: components["schemas"]["HourClosedData"];
        };
        HourClosedData: {
            /** @description Normalised to NFC: names that look the same are the same. */
            dc: string;
            marks: {
                /** @description Normalised to NFC: names that look the same are the same. */
                eventType: string;
                /**
                 * @description A UTC hour, named by its start.
                 * @example 2026-11-22T13
                 */
                hour: string;
                location?: string;
            }[];
        };
        HeartbeatEvent: {
            /** @constant */
            specversion: "1.0";
            /** @constant */
            type: "tidemark.heartbeat.v1";
            source: string;
            id: string;
            /**
             * @description When it was observed; at most 10 minutes ahead.
             * @example 2026-11-22T13:04:05Z
             */
            time: string;
            datacontenttype?: string;
            /**
             * @description CloudEvents' distributed tracing extension: the sender's span. Invalid, it is ignored.
             * @example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
             */
            traceparent?: string;
            data: components["schemas"]["HeartbeatData"];
        };
        HeartbeatData: {
            /** @description Normalised to NFC: names that look the same are the same. */
            dc: string;
            /** @description Normalised to NFC: names that look the same are the same. */
            component: string;
            /** @description Normalised to NFC: names that look the same are the same. */
            instance: string;
            version?: string;
            /** @example 2026-11-22T13:04:05Z */
            startedAt?: string;
        };
        DeploymentEvent: {
            /** @constant */
            specversion: "1.0";
            /** @constant */
            type: "tidemark.deployment.v1";
            source: string;
            id: string;
            /**
             * @description When it was observed; at most 10 minutes ahead.
             * @example 2026-11-22T13:04:05Z
             */
            time: string;
            datacontenttype?: string;
            /**
             * @description CloudEvents' distributed tracing extension: the sender's span. Invalid, it is ignored.
             * @example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
             */
            traceparent?: string;
            data: components["schemas"]["DeploymentData"];
        };
        DeploymentData: {
            /** @description Normalised to NFC: names that look the same are the same. */
            dc?: string;
            /** @description Normalised to NFC: names that look the same are the same. */
            component: string;
            version: string;
            deployedBy?: string;
            url?: string;
        };
        BacklogEvent: {
            /** @constant */
            specversion: "1.0";
            /** @constant */
            type: "tidemark.backlog.v1";
            source: string;
            id: string;
            /**
             * @description When it was observed; at most 10 minutes ahead.
             * @example 2026-11-22T13:04:05Z
             */
            time: string;
            datacontenttype?: string;
            /**
             * @description CloudEvents' distributed tracing extension: the sender's span. Invalid, it is ignored.
             * @example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
             */
            traceparent?: string;
            data: components["schemas"]["BacklogData"];
        };
        BacklogData: {
            /** @description Normalised to NFC: names that look the same are the same. */
            dc?: string;
            /** @description Normalised to NFC: names that look the same are the same. */
            eventType: string;
            /**
             * @description Where events are counted, in the order they pass.
             * @enum {string}
             */
            stage: "produced" | "published" | "delivered";
            oldestAgeSeconds: number;
            messages?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
