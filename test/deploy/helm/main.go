// Renders a chart as Helm does: Go's text/template with sprig and Helm's own functions. No cluster is asked, so `lookup` finds nothing.
// Usage: helm CHART RELEASE NAMESPACE < values.json; prints {template: text} as JSON. Written for the tests of deploy/helm.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"github.com/ghodss/yaml"
)

type object = map[string]interface{}

// Files is what a template sees as .Files.
type Files struct{ chart string }

func (files Files) Get(name string) string {
	text, err := os.ReadFile(filepath.Join(files.chart, name))
	if err != nil {
		return ""
	}
	return string(text)
}

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(chart, release, namespace string) error {
	values, about := object{}, object{}
	given := object{}
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		return err
	}
	for file, into := range map[string]*object{"values.yaml": &values, "Chart.yaml": &about} {
		if err := yaml.Unmarshal([]byte(Files{chart}.Get(file)), into); err != nil {
			return err
		}
	}
	root := object{
		"Values":  over(values, given),
		"Chart":   object{"Name": about["name"], "Version": about["version"], "AppVersion": about["appVersion"]},
		"Release": object{"Name": release, "Namespace": namespace, "Service": "Helm", "IsInstall": true, "IsUpgrade": false, "Revision": 1},
		"Files":   Files{chart},
	}
	paths, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	if err != nil {
		return err
	}
	all := template.New("chart").Option("missingkey=zero")
	all.Funcs(functions(all))
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if _, err := all.New(filepath.Base(path)).Parse(string(text)); err != nil {
			return err
		}
	}
	rendered := map[string]string{}
	for _, path := range paths {
		name := filepath.Base(path)
		if strings.HasPrefix(name, "_") {
			continue
		}
		var out bytes.Buffer
		if err := all.ExecuteTemplate(&out, name, root); err != nil {
			return err
		}
		// As Helm does for missing values.
		rendered[name] = strings.ReplaceAll(out.String(), "<no value>", "")
	}
	return json.NewEncoder(os.Stdout).Encode(rendered)
}

func functions(all *template.Template) template.FuncMap {
	functions := sprig.TxtFuncMap()
	delete(functions, "env")
	delete(functions, "expandenv")
	functions["include"] = func(name string, data interface{}) (string, error) {
		var out bytes.Buffer
		err := all.ExecuteTemplate(&out, name, data)
		return out.String(), err
	}
	functions["toYaml"] = func(value interface{}) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	functions["fromYaml"] = func(text string) (object, error) {
		value := object{}
		return value, yaml.Unmarshal([]byte(text), &value)
	}
	functions["required"] = func(message string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, errors.New(message)
		}
		return value, nil
	}
	return functions
}

// over merges as Helm does: objects key by key, null removes a key, everything else replaces.
func over(under, above object) object {
	merged := object{}
	for key, value := range under {
		merged[key] = value
	}
	for key, value := range above {
		inner, isObject := value.(object)
		below, wasObject := merged[key].(object)
		switch {
		case value == nil:
			delete(merged, key)
		case isObject && wasObject:
			merged[key] = over(below, inner)
		default:
			merged[key] = value
		}
	}
	return merged
}
