// Reads Terraform's files with the parser that Terraform has, and prints their blocks as JSON: type, labels, attributes, and the
// names that expressions refer to. Refuses what `terraform fmt` would change. Usage: hcl FOLDER. Written for the tests of deploy/terraform.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Block is one block with everything in it.
type Block struct {
	File       string            `json:"file"`
	Type       string            `json:"type"`
	Labels     []string          `json:"labels"`
	Attributes map[string]string `json:"attributes"`
	References []string          `json:"references"`
	Blocks     []Block           `json:"blocks"`
}

func main() {
	paths, err := filepath.Glob(filepath.Join(os.Args[1], "*.tf"))
	check(err)
	parser := hclparse.NewParser()
	blocks := []Block{}
	for _, path := range paths {
		file, diagnostics := parser.ParseHCLFile(path)
		if diagnostics.HasErrors() {
			check(diagnostics)
		}
		if !bytes.Equal(hclwrite.Format(file.Bytes), file.Bytes) {
			check(fmt.Errorf("%s is not formatted: run terraform fmt", filepath.Base(path)))
		}
		for _, block := range file.Body.(*hclsyntax.Body).Blocks {
			blocks = append(blocks, read(block, file.Bytes, filepath.Base(path)))
		}
	}
	check(json.NewEncoder(os.Stdout).Encode(blocks))
}

func read(block *hclsyntax.Block, source []byte, file string) Block {
	found := Block{File: file, Type: block.Type, Labels: append([]string{}, block.Labels...), Attributes: map[string]string{}, References: []string{}, Blocks: []Block{}}
	for name, attribute := range block.Body.Attributes {
		found.Attributes[name] = string(attribute.Expr.Range().SliceBytes(source))
		for _, traversal := range attribute.Expr.Variables() {
			found.References = append(found.References, nameOf(traversal))
		}
	}
	for _, inner := range block.Body.Blocks {
		found.Blocks = append(found.Blocks, read(inner, source, file))
	}
	return found
}

// nameOf gives `google_pubsub_topic.events.id`, without indexes.
func nameOf(traversal hcl.Traversal) string {
	parts := []string{traversal.RootName()}
	for _, step := range traversal[1:] {
		if attribute, isAttribute := step.(hcl.TraverseAttr); isAttribute {
			parts = append(parts, attribute.Name)
		}
	}
	return strings.Join(parts, ".")
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
